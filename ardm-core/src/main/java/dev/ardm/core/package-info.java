/** The method: spaces, processes, schedules, networks, likelihood models and the model file. */
@NullMarked
package dev.ardm.core;

import org.jspecify.annotations.NullMarked;
