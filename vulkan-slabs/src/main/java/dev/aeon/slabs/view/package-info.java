/**
 * Typed, shaped views over the bytes of a slab, in place and without copies. Entry type: {@link
 * dev.aeon.slabs.view.VariantView}. Must not know rings, programs, or Vulkan.
 */
package dev.aeon.slabs.view;
