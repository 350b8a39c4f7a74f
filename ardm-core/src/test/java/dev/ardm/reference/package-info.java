/**
 * A second decoder: plain, slow, written from docs/format.md and docs/arithmetic.md alone. It shares nothing with the
 * production code, so what both agree on is what the documents say.
 */
package dev.ardm.reference;
