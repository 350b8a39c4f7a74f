/** What the models of counts of sequences, rows and images share. It must not know any of them. */
@NullMarked
package dev.ardm.core.counts.internal;

import org.jspecify.annotations.NullMarked;
