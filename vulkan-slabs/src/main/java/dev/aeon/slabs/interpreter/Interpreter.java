package dev.aeon.slabs.interpreter;

import dev.aeon.slabs.bytecode.Program;

/**
 * Runs programs. An interpreter is used by one thread at a time; every implementation yields the
 * same bits for the same program and data.
 */
public interface Interpreter extends AutoCloseable {
  /**
   * Runs a program over views and returns when its stores are visible to the processor. Nothing is
   * written where a check fails.
   *
   * @throws ProgramException where views are missing or their shapes do not fit the program
   * @throws IllegalStateException where a slab or this interpreter is closed
   */
  void run(Program program, HandleTable handles);

  /** One line for people: what runs the programs. */
  String description();

  @Override
  void close();
}
