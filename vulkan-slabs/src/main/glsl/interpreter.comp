// Runs one Harmonics instruction, read from the byte-code that the processor's interpreter runs too.
// The host records a dispatch for each instruction, with a barrier after it: within a dispatch there
// is no order between work groups. Sums follow the canonical reduction of Lanes.java, functions the
// operations of Activations.java, selections the order of TopSelection.java: the bits are the same.
#version 450

layout(local_size_x = 256) in;

layout(std430, binding = 0) readonly buffer Code { uint code[]; };
layout(std430, binding = 1) readonly buffer First { uint first[]; };
layout(std430, binding = 2) buffer Second { uint second[]; };
layout(std430, binding = 3) buffer Target { uint target[]; };

// Bases are where a value begins in its binding, in elements.
layout(push_constant) uniform Step {
  uint codeIndex;
  uint count;       // elements of a vector, columns of a matrix, or elements of this dispatch
  uint firstBase;
  uint secondBase;
  uint targetBase;
  uint selectFrom;  // TOPK selects ranks from here
  uint selectTo;    // to here, exclusive
};

const uint LANES = 256u;
const uint STORE = 2u, DOT = 3u, SUM = 4u, MATVEC = 5u, ACT = 6u, TOPK = 7u;
const uint RELU = 1u, LEAKY = 2u, SIGMOID = 3u, TANH = 4u;
const uint QUIET_NAN = 0x7fc00000u;
const uint NONE = 0xffffffffu;

shared float lanes[256];
shared uint laneKeys[256];
shared uint laneIndices[256];

bool isNotANumber(uint bits) {
  return (bits & 0x7fffffffu) > 0x7f800000u;
}

// Adds the lanes pairwise; the result is lane 0's.
void reduceLanes() {
  uint lane = gl_LocalInvocationID.x;
  barrier();
  for (uint apart = LANES / 2u; apart > 0u; apart /= 2u) {
    if (lane < apart) {
      precise float sum = lanes[lane] + lanes[lane + apart];
      lanes[lane] = sum;
    }
    barrier();
  }
}

void dotProduct(uint row) {
  uint lane = gl_LocalInvocationID.x;
  precise float sum = 0.0;
  for (uint i = lane; i < count; i += LANES) {
    precise float product = uintBitsToFloat(first[firstBase + row * count + i])
        * uintBitsToFloat(second[secondBase + i]);
    sum = sum + product;
  }
  lanes[lane] = sum;
  reduceLanes();
  if (lane == 0u) {
    target[targetBase + row] = floatBitsToUint(lanes[0]);
  }
}

void sumElements() {
  uint lane = gl_LocalInvocationID.x;
  precise float sum = 0.0;
  for (uint i = lane; i < count; i += LANES) {
    sum = sum + uintBitsToFloat(first[firstBase + i]);
  }
  lanes[lane] = sum;
  reduceLanes();
  if (lane == 0u) {
    target[targetBase] = floatBitsToUint(lanes[0]);
  }
}

float exponential(float x) {
  const float log2e = uintBitsToFloat(0x3fb8aa3bu);
  const float ln2High = uintBitsToFloat(0x3f318000u);
  const float ln2Low = uintBitsToFloat(0xb95e8083u);
  const float rounder = 12582912.0;
  precise float scaled = x * log2e;
  precise float shifted = scaled + rounder;
  precise float n = shifted - rounder;
  precise float high = n * ln2High;
  precise float low = n * ln2Low;
  precise float rest = x - high;
  precise float r = rest - low;
  precise float p = uintBitsToFloat(0x39506967u);
  p = p * r;
  p = p + uintBitsToFloat(0x3ab743ceu);
  p = p * r;
  p = p + uintBitsToFloat(0x3c088908u);
  p = p * r;
  p = p + uintBitsToFloat(0x3d2aa9c1u);
  p = p * r;
  p = p + uintBitsToFloat(0x3e2aaaaau);
  p = p * r;
  p = p + uintBitsToFloat(0x3f000000u);
  p = p * r;
  p = p * r;
  p = p + r;
  p = p + 1.0;
  precise float result = p * uintBitsToFloat(uint(int(n) + 127) << 23);
  return result;
}

float reciprocal(float d) {
  precise float r = uintBitsToFloat(0x7ef311c7u - floatBitsToUint(d));
  for (uint i = 0u; i < 4u; i++) {
    precise float product = d * r;
    precise float correction = 2.0 - product;
    r = r * correction;
  }
  return r;
}

float sigmoid(float x) {
  float bounded = x > 80.0 ? 80.0 : (x < -80.0 ? -80.0 : x);
  precise float d = 1.0 + exponential(-bounded);
  return reciprocal(d);
}

uint activate(uint function, uint bits) {
  if (isNotANumber(bits)) {
    return QUIET_NAN;
  }
  float x = uintBitsToFloat(bits);
  precise float y = 0.0;
  if (function == RELU) {
    y = x > 0.0 ? x : 0.0;
  } else if (function == LEAKY) {
    precise float leaked = x * uintBitsToFloat(0x3c23d70au);
    y = x > 0.0 ? x : leaked;
  } else if (function == SIGMOID) {
    y = sigmoid(x);
  } else if (function == TANH) {
    precise float doubled = 2.0 * x;
    precise float scaled = 2.0 * sigmoid(doubled);
    y = scaled - 1.0;
  }
  return floatBitsToUint(y);
}

// A number that grows with the element: NaN lowest, 0 and -0 alike.
uint orderKey(uint bits) {
  if (isNotANumber(bits)) {
    return 0u;
  }
  uint canonical = (bits & 0x7fffffffu) == 0u ? 0u : bits;
  return (canonical & 0x80000000u) != 0u ? ~canonical : canonical | 0x80000000u;
}

bool isBefore(uint key, uint index, uint otherKey, uint otherIndex) {
  return index != NONE && (otherIndex == NONE || key > otherKey || (key == otherKey && index < otherIndex));
}

void reduceBest() {
  uint lane = gl_LocalInvocationID.x;
  barrier();
  for (uint apart = LANES / 2u; apart > 0u; apart /= 2u) {
    if (lane < apart
        && isBefore(laneKeys[lane + apart], laneIndices[lane + apart], laneKeys[lane], laneIndices[lane])) {
      laneKeys[lane] = laneKeys[lane + apart];
      laneIndices[lane] = laneIndices[lane + apart];
    }
    barrier();
  }
}

// Each rank is the best of those after the rank before it.
void selectTop() {
  uint lane = gl_LocalInvocationID.x;
  uint previousIndex = selectFrom == 0u ? NONE : target[targetBase + selectFrom - 1u];
  uint previousKey = selectFrom == 0u ? 0u : orderKey(first[firstBase + previousIndex]);
  for (uint rank = selectFrom; rank < selectTo; rank++) {
    uint bestKey = 0u;
    uint bestIndex = NONE;
    for (uint i = lane; i < count; i += LANES) {
      uint key = orderKey(first[firstBase + i]);
      bool isAfter = previousIndex == NONE || isBefore(previousKey, previousIndex, key, i);
      if (isAfter && isBefore(key, i, bestKey, bestIndex)) {
        bestKey = key;
        bestIndex = i;
      }
    }
    laneKeys[lane] = bestKey;
    laneIndices[lane] = bestIndex;
    reduceBest();
    previousKey = laneKeys[0];
    previousIndex = laneIndices[0];
    if (lane == 0u) {
      target[targetBase + rank] = previousIndex;
      second[secondBase + rank] = first[firstBase + previousIndex];
    }
    barrier();
  }
}

void main() {
  uint opcode = code[codeIndex] & 0xffu;
  uint immediate = code[codeIndex + 1u];
  uint element = gl_GlobalInvocationID.x;
  if (opcode == DOT || opcode == MATVEC) {
    dotProduct(gl_WorkGroupID.x);
  } else if (opcode == SUM) {
    sumElements();
  } else if (opcode == TOPK) {
    selectTop();
  } else if (opcode == ACT && element < count) {
    target[targetBase + element] = activate(immediate, first[firstBase + element]);
  } else if (opcode == STORE && element < count) {
    target[targetBase + element] = first[firstBase + element];
  }
}
