// Adds one to every word of every record that lies in the ring at the beginning of the memory, and
// counts the records in the last word of the header's unused line.
#version 450
#extension GL_GOOGLE_include_directive : require

layout(local_size_x = 64) in;

layout(std430, set = 0, binding = 0) buffer Memory { uint words[]; };

layout(push_constant) uniform Step {
  uint first;
  uint stride;
  uint count;
  uint round;
};

#include "ring.glsl"

void step(uint record) {
  uint byteSize = words[record / 4u];
  for (uint at = 0u; at < byteSize / 4u; at++) {
    words[(record + RECORD_HEADER_BYTES) / 4u + at] += 1u;
  }
}

void main() {
  if (gl_GlobalInvocationID.x != 0u) {
    return;
  }
  uint position = aeonRingWord(HEAD_OFFSET);
  uint tail = aeonRingWord(TAIL_OFFSET);
  uint seen = 0u;
  while (position != tail && aeonRingIsPossible(position, tail)) {
    uint record = aeonRingRecordOffset(position);
    if (words[record / 4u + 1u] == KIND_DATA) {
      step(record);
      seen++;
    }
    position += aeonRingRecordBytes(words[record / 4u]);
  }
  words[LINE_BYTES / 4u - 1u] = seen;
}
