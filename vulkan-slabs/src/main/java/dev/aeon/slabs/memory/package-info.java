/**
 * Where slabs come from: a Vulkan device opened through LWJGL, or plain host memory where there is
 * none. Entry type: {@link dev.aeon.slabs.memory.SlabDevice}. Must not know what lies in a slab:
 * rings, views and programs.
 */
package dev.aeon.slabs.memory;
