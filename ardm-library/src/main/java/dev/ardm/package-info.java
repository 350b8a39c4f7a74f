/**
 * Records in, records out: {@link dev.ardm.RecordType} says what a record is, {@link dev.ardm.Ardm#train} learns a model of such records, and
 * {@link dev.ardm.RecordCodec}, {@link dev.ardm.RecordArchive} and {@link dev.ardm.RecordStore} keep records by it, each readable alone, to
 * the same bits on every machine. Errors of archives and models are in {@link dev.ardm.coding.error}.
 */
@NullMarked
package dev.ardm;

import org.jspecify.annotations.NullMarked;
