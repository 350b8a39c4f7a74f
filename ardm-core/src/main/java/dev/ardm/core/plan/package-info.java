/** Orders of generation, schedules of network calls, and the planner that chooses them. */
@NullMarked
package dev.ardm.core.plan;

import org.jspecify.annotations.NullMarked;
