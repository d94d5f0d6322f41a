package dev.weir.journal;

import dev.weir.core.Event;
import dev.weir.core.LeaseRef;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * Writes the events of many queues one after another into the batch that is open: for each its
 * {@linkplain EventTag kind}, the number of its queue, its instant, its fields.
 */
public final class EventWriter {
  private final ByteWriter out = new ByteWriter();

  public int sizeBytes() {
    return out.size();
  }

  public boolean isEmpty() {
    return out.size() == 0;
  }

  /** Appends one event of the queue with this number. */
  public void write(int queue, Event event) {
    event.handle(new Fields(queue));
  }

  /** Hands out the batch and begins the next. */
  public Buffer take() {
    return out.take();
  }

  private final class Fields implements Event.Handler {
    private final int queue;

    Fields(int queue) {
      this.queue = queue;
    }

    private ByteWriter head(EventTag tag, Event event) {
      return out.number(tag.code).number(queue).number(event.atMs());
    }

    private void refs(List<LeaseRef> leases) {
      out.number(leases.size());
      for (LeaseRef lease : leases) {
        out.number(lease.id()).number(lease.fence());
      }
    }

    @Override
    public void itemsStored(Event.ItemsStored event) {
      head(EventTag.ITEMS_STORED, event).text(event.producer()).text(event.session());
      out.number(event.items().size());
      for (Event.NewItem item : event.items()) {
        out.number(item.id()).number(item.seq() + 1).text(item.key()).number(item.dueAtMs());
        out.raw(item.body().utf8());
      }
    }

    @Override
    public void itemsLeased(Event.ItemsLeased event) {
      head(EventTag.ITEMS_LEASED, event).text(event.consumer()).text(event.from());
      out.number(event.endsAtMs());
      refs(event.leases());
    }

    @Override
    public void leasesAcked(Event.LeasesAcked event) {
      head(EventTag.LEASES_ACKED, event);
      refs(event.leases());
    }

    @Override
    public void leasesExtended(Event.LeasesExtended event) {
      head(EventTag.LEASES_EXTENDED, event).number(event.endsAtMs());
      refs(event.leases());
    }

    @Override
    public void leaseReturned(Event.LeaseReturned event) {
      head(EventTag.LEASE_RETURNED, event).number(event.lease().id()).number(event.lease().fence());
      out.flag(event.counted()).text(event.reason());
      out.number(event.fate().ordinal()).number(event.dueAtMs());
    }

    @Override
    public void itemsPurged(Event.ItemsPurged event) {
      head(EventTag.ITEMS_PURGED, event).number(event.state().ordinal());
      out.number(event.ids().size());
      event.ids().forEach(out::number);
    }

    @Override
    public void itemKicked(Event.ItemKicked event) {
      head(EventTag.ITEM_KICKED, event).number(event.id());
    }

    @Override
    public void heldBuried(Event.HeldBuried event) {
      head(EventTag.HELD_BURIED, event).number(event.id());
    }

    @Override
    public void sidesPaused(Event.SidesPaused event) {
      head(EventTag.SIDES_PAUSED, event).flag(event.produce()).flag(event.consume());
    }

    @Override
    public void configured(Event.Configured event) {
      SettingsCodec.write(event.settings(), head(EventTag.CONFIGURED, event));
    }

    @Override
    public void audited(Event.Audited event) {
      head(EventTag.AUDITED, event).text(event.op()).text(event.by()).text(event.from());
      out.text(event.detail()).number(event.count());
    }
  }
}
