/** Filling in hidden columns of tables: what is measured, and what others make of it. */
@NullMarked
package dev.ardm.bench.imputation;

import org.jspecify.annotations.NullMarked;
