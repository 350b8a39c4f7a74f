/**
 * What reports of the program and of its benchmarks share: charts, classical compressors to compare with, pictures of damaged
 * items, and the text in a picture that says how it was made. Start at {@link dev.ardm.app.report.Charts}. It must not know how
 * models are trained or planned, nor a console.
 */
@org.jspecify.annotations.NullMarked
package dev.ardm.app.report;
