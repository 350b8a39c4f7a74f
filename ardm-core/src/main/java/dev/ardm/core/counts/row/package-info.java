/**
 * Models of counts for rows of tables, and other items of a fixed number of values. Start at
 * {@link dev.ardm.core.counts.row.RowCountsModel}, then {@link dev.ardm.core.counts.row.ColumnPredictor}, which predicts the value of a
 * column given values of others, and {@link dev.ardm.core.counts.row.Arrangement}, which says of which others. All arithmetic is in
 * integers. It must not know archives, files or other families.
 */
@NullMarked
package dev.ardm.core.counts.row;

import org.jspecify.annotations.NullMarked;
