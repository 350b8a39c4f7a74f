/**
 * The families of models that come with this program: {@link dev.ardm.core.family.Models} opens their files. A program with a family of
 * its own makes its own {@link dev.ardm.core.model.ModelFamilies}. Nothing that models are made of, and no archive, may know this package.
 */
@NullMarked
package dev.ardm.core.family;

import org.jspecify.annotations.NullMarked;
