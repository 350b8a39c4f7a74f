/**
 * What is known of a partly generated item, and what is predicted next: {@link dev.ardm.core.masking.process.Process}, where to start, says it in
 * stages and units, and draws what training sees; also absorbing diffusion, which generates by the same networks. It must not know
 * networks, plans or models.
 */
@NullMarked
package dev.ardm.core.masking.process;

import org.jspecify.annotations.NullMarked;
