/**
 * What programs, commands and archives know of a model of any family: {@link dev.ardm.core.model.LikelihoodModel}, where to start, and the parts it
 * hands out; and the model file: {@link dev.ardm.core.model.Model} is its content, {@link dev.ardm.core.model.ModelFamily} reads and writes what is its own, {@link
 * dev.ardm.core.model.ModelFile} and {@link dev.ardm.core.model.SafeTensors} the rest. It must not know networks, engines, archives or any family.
 */
@NullMarked
package dev.ardm.core.model;

import org.jspecify.annotations.NullMarked;
