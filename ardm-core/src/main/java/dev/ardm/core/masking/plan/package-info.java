/** Orders of generation, schedules of network calls, loss components, and the planners that choose schedules. */
@NullMarked
package dev.ardm.core.masking.plan;

import org.jspecify.annotations.NullMarked;
