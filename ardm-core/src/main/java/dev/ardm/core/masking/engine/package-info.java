/**
 * Evaluates networks of partly known items on the exact engine. Start at {@link dev.ardm.core.masking.engine.ItemEngine}; a {@link
 * dev.ardm.core.masking.engine.Session} follows an item that becomes known, and may keep what it computed. It must not know plans, or how values are
 * coded.
 */
@NullMarked
package dev.ardm.core.masking.engine;

import org.jspecify.annotations.NullMarked;
