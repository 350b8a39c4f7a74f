/** Likelihood models and the model file. */
@NullMarked
package dev.ardm.core.model;

import org.jspecify.annotations.NullMarked;
