package dev.ardm.coding.internal.read;

/**
 * Where a record is: learnt by the model, or in a group.
 *
 * @param learnt number of the learnt item that it equals; -1 if it is in a group
 * @param group where its group begins in the file; -1 if it is learnt
 * @param slot its place in the group, from 0
 */
public record RecordPlace(int learnt, long group, int slot) {}
