/**
 * What a program does with archives: compress files into one and add to it, restore all or some items, test, list and repair,
 * and find the models that archives need. Start at {@link dev.ardm.app.archive.Restoration} for reading and {@link
 * dev.ardm.app.archive.OpenedArchive} for what it reads from. Archives themselves are {@link dev.ardm.core.archive}, files {@link
 * dev.ardm.data}. It must not know a console, options or exit codes, nor any family of models.
 */
@org.jspecify.annotations.NullMarked
package dev.ardm.app.archive;
