/**
 * Plans when to call a network: measures costs and loss components on held-out items, finds schedules for budgets of calls, and
 * says what they cost. Start at {@link dev.ardm.app.plan.BudgetPlanner}. The planners themselves are {@link dev.ardm.core.masking.plan}. It
 * must not know a console, options of a command or exit codes, nor how models are trained.
 */
@org.jspecify.annotations.NullMarked
package dev.ardm.app.plan;
