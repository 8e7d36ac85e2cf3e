package dev.aeon.slabs.bytecode;

/**
 * One operation with what it reads and writes. Registers hold values during a run; handles name
 * views outside of it. Both are indices, never addresses.
 */
public sealed interface Instruction {
  Opcode opcode();

  /** Lets a register stand for the view behind a handle, without copying. */
  record Load(int target, int handle) implements Instruction {
    @Override
    public Opcode opcode() {
      return Opcode.LOAD;
    }
  }

  /** Copies a register into the view behind a handle. */
  record Store(int handle, int source) implements Instruction {
    @Override
    public Opcode opcode() {
      return Opcode.STORE;
    }
  }

  /** The dot product of two vectors, as one element. */
  record Dot(int target, int left, int right) implements Instruction {
    @Override
    public Opcode opcode() {
      return Opcode.DOT;
    }
  }

  /** The sum of a vector's elements, as one element. */
  record Sum(int target, int source) implements Instruction {
    @Override
    public Opcode opcode() {
      return Opcode.SUM;
    }
  }

  /** The dot product of each row of a matrix with a vector. */
  record MatVec(int target, int matrix, int vector) implements Instruction {
    @Override
    public Opcode opcode() {
      return Opcode.MATVEC;
    }
  }

  /** A function of each element. */
  record Act(int target, int source, Activation function) implements Instruction {
    @Override
    public Opcode opcode() {
      return Opcode.ACT;
    }
  }

  /** The largest {@code count} elements of a vector, largest first: their indices and values. */
  record TopK(int indices, int values, int source, int count) implements Instruction {
    @Override
    public Opcode opcode() {
      return Opcode.TOPK;
    }
  }
}
