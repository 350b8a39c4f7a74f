/**
 * What a program does with models and archives: train a run, compress files, restore them, fill, score, plan, find a model.
 * Plain Java: input and output are objects and files, progress goes to listeners, and problems are {@link
 * dev.ardm.app.UserError}s. It must not know a console, options or exit codes.
 */
@org.jspecify.annotations.NullMarked
package dev.ardm.app;
