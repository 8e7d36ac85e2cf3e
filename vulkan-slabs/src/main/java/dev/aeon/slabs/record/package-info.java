/**
 * What generated records stand on: messages of a fixed layout, read and written where they lie.
 * Entry type: {@link dev.aeon.slabs.record.SlabRecord}. Must not know schemas, rings, or Vulkan.
 */
package dev.aeon.slabs.record;
