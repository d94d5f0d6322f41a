package dev.weir.node;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.UUID;
import java.util.function.Consumer;

/** Hears of nodes that leave the cluster. The one place that knows which cluster manager it is. */
final class Membership {

  /** Under this attribute vertx-hazelcast keeps the node id; a private constant over there. */
  static final String NODE_ID = "__vertx.nodeId";

  private final Cluster cluster;
  private final UUID registration;

  private Membership(Cluster cluster, UUID registration) {
    this.cluster = cluster;
    this.registration = registration;
  }

  /**
   * @param left hears the id of each node that leaves, on a thread of the cluster manager's
   * @return null outside a cluster
   */
  static Membership watch(Vertx vertx, Consumer<String> left, Runnable joined) {
    if (!(((VertxInternal) vertx).clusterManager() instanceof HazelcastClusterManager hazelcast)) {
      return null;
    }
    Cluster cluster = hazelcast.getHazelcastInstance().getCluster();
    MembershipListener listener =
        new MembershipListener() {
          @Override
          public void memberAdded(MembershipEvent event) {
            joined.run();
          }

          @Override
          public void memberRemoved(MembershipEvent event) {
            String node = event.getMember().getAttribute(NODE_ID);
            if (node != null) {
              left.accept(node);
            }
          }
        };
    return new Membership(cluster, cluster.addMembershipListener(listener));
  }

  void stop() {
    cluster.removeMembershipListener(registration);
  }
}
