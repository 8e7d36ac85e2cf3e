package dev.aeon.sp.protocol;

/** A machine that holds many conversations at once; its own operations are those of one more. */
public interface ContextMachine extends ProtocolMachine {
  MachineContext openContext();
}
