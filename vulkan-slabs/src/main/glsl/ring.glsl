// The layout of rings for shaders, as RingLayout.java describes it: a ring is read and written as
// 32-bit words, so that it needs no 64-bit integers. Positions are taken modulo 2^32, which is
// enough for capacities up to 2^31. Whoever includes this declares the words before:
//
//   layout(std430, set = 0, binding = 0) buffer Memory { uint words[]; };
//
// A shader takes its turn while no other end is at work; what it reads it checks, and stops where
// a record would lead out of what was written.
#ifndef AEON_RING_GLSL
#define AEON_RING_GLSL

const uint VERSION = 3u;
const uint LINE_BYTES = 128u;

const uint MAGIC_OFFSET = 0u;
const uint VERSION_OFFSET = 8u;
const uint CAPACITY_OFFSET = 16u;
const uint RING_KIND_OFFSET = 24u;
const uint SLOT_COUNT_OFFSET = 32u;
const uint CELL_BYTES_OFFSET = 40u;
const uint RECOVERER_OFFSET = 48u;
const uint TAIL_OFFSET = 128u;
const uint HEAD_OFFSET = 256u;
const uint CONSUMERS_SLEEP_OFFSET = 384u;
const uint PRODUCERS_SLEEP_OFFSET = 512u;
const uint DATA_OFFSET = 640u;

const uint KIND_SPSC = 1u;
const uint KIND_MPMC = 2u;
const uint KIND_BROADCAST = 3u;

const uint KIND_DATA = 1u;
const uint KIND_PADDING = 2u;

const uint RECORD_ALIGNMENT = 8u;
const uint RECORD_HEADER_BYTES = 8u;

const uint CELL_ALIGNMENT = 64u;
const uint CELL_STATE_OFFSET = 0u;
const uint CELL_TURN_OFFSET = 4u;
const uint CELL_PAYLOAD_OFFSET = 8u;
const uint CELL_FREE = 4294967295u;
const uint CELL_ABORTED = 4294967294u;
const uint CELL_FIRST_CLAIM = 4294967293u;

const uint SLOT_BYTES = 128u;
const uint SLOT_OWNER_OFFSET = 0u;
const uint SLOT_STATE_OFFSET = 8u;
const uint SLOT_POSITION_OFFSET = 16u;
const uint SLOT_COUNT_IN_WORK_OFFSET = 24u;

uint aeonRingWord(uint byteOffset) {
  return words[byteOffset / 4u];
}

uint aeonRingRecordBytes(uint payloadBytes) {
  return (payloadBytes + RECORD_HEADER_BYTES + RECORD_ALIGNMENT - 1u) & ~(RECORD_ALIGNMENT - 1u);
}

// Where the record of a position begins, from the start of the ring.
uint aeonRingRecordOffset(uint position) {
  return DATA_OFFSET + (position & (aeonRingWord(CAPACITY_OFFSET) - 1u));
}

// Whether the record of a position lies within what was written and within the data.
bool aeonRingIsPossible(uint position, uint tail) {
  uint capacity = aeonRingWord(CAPACITY_OFFSET);
  uint room = min(tail - position, capacity - (position & (capacity - 1u)));
  uint byteSize = aeonRingWord(aeonRingRecordOffset(position));
  return byteSize <= capacity && aeonRingRecordBytes(byteSize) <= room;
}

#endif
