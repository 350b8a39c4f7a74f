/**
 * A second decoder: plain, slow, written from docs/format.md and docs/arithmetic.md alone, by someone who had not seen the
 * other implementation. It shares nothing with the production code, so what both agree on is what the documents say. It
 * has changed since only where a document was made clearer. Where the two differ, find out which of document, reference and
 * production is wrong; do not copy one into the other.
 */
package dev.ardm.reference;
