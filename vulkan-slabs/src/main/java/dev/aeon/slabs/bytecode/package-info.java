/**
 * Harmonics programs as data: operations, instructions, their encoding, and the checks that need no
 * data. Entry type: {@link dev.aeon.slabs.bytecode.Program}. It knows neither text nor execution.
 */
package dev.aeon.slabs.bytecode;
