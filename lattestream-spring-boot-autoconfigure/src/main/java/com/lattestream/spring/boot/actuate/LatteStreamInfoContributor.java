package com.lattestream.spring.boot.actuate;

import com.lattestream.core.LatteStreamClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** Tells which version of LatteStream's client there is, and which service it talks to. Thread-safe. */
public final class LatteStreamInfoContributor implements InfoContributor {

    private final List<LatteStreamClient> clients;

    /**
     * Creates a contributor.
     * @param clients the application's clients
     */
    public LatteStreamInfoContributor(List<LatteStreamClient> clients) {
        this.clients = List.copyOf(clients);
    }

    @Override
    public void contribute(Info.Builder builder) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("version", LatteStreamVersion.get());
        info.put(
                "endpoints",
                clients.stream().map(LatteStreamClient::endpoint).distinct().toList());
        builder.withDetail("lattestream", info);
    }
}
