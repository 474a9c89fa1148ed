package com.lattestream.spring.boot.actuate;

import com.lattestream.core.LatteStreamClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** Adds the version of the LatteStream client and the address of the service to the info endpoint. Thread-safe. */
public final class LatteStreamInfoContributor implements InfoContributor {

    private final Supplier<List<LatteStreamClient>> clients;

    /**
     * Creates a contributor.
     * @param clients supplies the clients that exist
     */
    public LatteStreamInfoContributor(Supplier<List<LatteStreamClient>> clients) {
        this.clients = clients;
    }

    @Override
    public void contribute(Info.Builder builder) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("version", LatteStreamVersion.get());
        info.put(
                "endpoints",
                clients.get().stream()
                        .map(LatteStreamClient::endpoint)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList());
        builder.withDetail("lattestream", info);
    }
}
