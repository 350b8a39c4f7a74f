/** Archives of very many items: what it takes to write, open and read them. */
@NullMarked
package dev.ardm.bench.load;

import org.jspecify.annotations.NullMarked;
