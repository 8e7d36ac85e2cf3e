package dev.aeon.spoke.sprocket;

/** Is told of what a worker does, on the worker's threads; must not block for long. */
public interface SprocketObserver {
  /** A job is done. */
  void compiled(Job job, int files);

  /** A job has failed; it is tried again when the worker is started again. */
  void failed(Job job, String message);
}
