/** LibTorch in the process of a program: how it is loaded, on how many threads it runs, and how it ends. */
@org.jspecify.annotations.NullMarked
package dev.ardm.train.runtime;
