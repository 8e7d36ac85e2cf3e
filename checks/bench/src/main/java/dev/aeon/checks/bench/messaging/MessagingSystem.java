package dev.aeon.checks.bench.messaging;

/** Whose sockets are measured. */
public enum MessagingSystem {
  aeon {
    @Override
    Endpoint open(Role role) {
      return AeonEndpoint.open(role);
    }
  },
  nng {
    @Override
    Endpoint open(Role role) {
      return new NngEndpoint(role);
    }
  },
  nanomsg {
    @Override
    Endpoint open(Role role) {
      return new NanomsgEndpoint(role);
    }
  };

  abstract Endpoint open(Role role);
}
