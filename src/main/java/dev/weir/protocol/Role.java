package dev.weir.protocol;

/** What one may do at one of the three addresses of a queue. */
public enum Role {
  PRODUCE,
  CONSUME,
  MANAGE;

  /** The address of this role at a queue. */
  public String address(String queue) {
    return switch (this) {
      case PRODUCE -> Addresses.produce(queue);
      case CONSUME -> Addresses.consume(queue);
      case MANAGE -> Addresses.manage(queue);
    };
  }
}
