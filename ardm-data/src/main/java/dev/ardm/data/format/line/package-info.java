/**
 * Files whose lines are the items: logs, records as JSON. Start at {@link dev.ardm.data.format.line.LineFormat}. It must not know
 * models or archives.
 */
@NullMarked
package dev.ardm.data.format.line;

import org.jspecify.annotations.NullMarked;
