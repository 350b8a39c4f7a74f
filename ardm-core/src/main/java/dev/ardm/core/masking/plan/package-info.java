/**
 * In which order an item is generated and in how many network calls: {@link dev.ardm.core.masking.plan.MaskingPlan}, where to start, has an {@link
 * dev.ardm.core.masking.plan.Order} and a {@link dev.ardm.core.masking.plan.Schedule}. Planners choose schedules by measured costs, which they are given. It
 * must not know networks or engines.
 */
@NullMarked
package dev.ardm.core.masking.plan;

import org.jspecify.annotations.NullMarked;
