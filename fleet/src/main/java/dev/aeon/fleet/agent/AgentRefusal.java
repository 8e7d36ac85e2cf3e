package dev.aeon.fleet.agent;

/** An agent does not join; the message is one sentence that says why. */
public final class AgentRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  AgentRefusal(String sentence) {
    super(sentence);
  }

  AgentRefusal(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
