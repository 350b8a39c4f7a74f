/**
 * What all packages share: {@link dev.ardm.core.Space}, {@link dev.ardm.core.Item} and {@link dev.ardm.core.RandomStream}. It must not know any package below it.
 */
@NullMarked
package dev.ardm.core;

import org.jspecify.annotations.NullMarked;
