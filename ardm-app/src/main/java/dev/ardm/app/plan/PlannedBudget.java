package dev.ardm.app.plan;

import dev.ardm.app.report.Figure;
import dev.ardm.core.masking.plan.Schedule;
import dev.ardm.core.model.Estimate;

/**
 * What planning a budget of network calls came to.
 *
 * @param calls the budget
 * @param naive what the evenly spaced schedule is expected to cost
 * @param planned what the planned schedule is expected to cost, from the same measurements
 * @param realised what the planned schedule cost on other items
 * @param schedule the planned schedule
 */
public record PlannedBudget(int calls, Figure naive, Figure planned, Estimate realised, Schedule schedule) {}
