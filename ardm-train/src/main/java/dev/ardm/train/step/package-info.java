/** What a step of training does whatever the model: it moves matrices, shifts images, knows what coding knows, uses so many threads. */
@NullMarked
package dev.ardm.train.step;

import org.jspecify.annotations.NullMarked;
