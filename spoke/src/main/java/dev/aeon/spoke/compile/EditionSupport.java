package dev.aeon.spoke.compile;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;

/** What a generator knows of editions, and so in which form it gets files that have one. */
enum EditionSupport {
  ALL,
  UP_TO_2023,
  NONE;

  FileDescriptorSet adapt(FileDescriptorSet set) {
    return switch (this) {
      case ALL -> set;
      case UP_TO_2023 -> OlderEditions.in2023(set);
      case NONE -> OlderEditions.inProto2(set);
    };
  }
}
