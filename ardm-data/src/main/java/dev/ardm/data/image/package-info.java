/**
 * Image files of all formats as arrays of samples, and folders of them. Start with {@link dev.ardm.data.image.ImageDecoder} to read and
 * {@link dev.ardm.data.image.ImageFiles} to write. It must not know layers or formats of data.
 */
@NullMarked
package dev.ardm.data.image;

import org.jspecify.annotations.NullMarked;
