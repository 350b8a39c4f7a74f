/**
 * A family of models that is as small as one can be: independent variables with the frequencies of their values. It shows what a family
 * needs, and that nothing outside a family depends on the one that ardm comes with.
 */
@NullMarked
package dev.ardm.core.frequencies;

import org.jspecify.annotations.NullMarked;
