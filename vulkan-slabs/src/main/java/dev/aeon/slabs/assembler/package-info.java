/**
 * Harmonics text to programs and back. Entry type: {@link dev.aeon.slabs.assembler.Assembler}. It
 * knows byte-code alone: no memory, no execution.
 */
package dev.aeon.slabs.assembler;
