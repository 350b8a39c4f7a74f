/**
 * Says within about a minute what a model of some items would bring, and whether new items still look like what a model was trained
 * on. Start at {@link dev.ardm.app.advise.Advice} and {@link dev.ardm.app.advise.Drift}. It must not know a console.
 */
@NullMarked
package dev.ardm.app.advise;

import org.jspecify.annotations.NullMarked;
