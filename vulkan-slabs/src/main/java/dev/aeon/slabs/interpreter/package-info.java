/**
 * Runs Harmonics programs over views: on the processor, and on a Vulkan device by a shader that
 * reads the same byte-code. Both yield the same bits. Entry type: {@link
 * dev.aeon.slabs.interpreter.Interpreter}. It knows no text.
 */
package dev.aeon.slabs.interpreter;
