package com.lattestream.samples.chat.room;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.sql.LockMode;
import org.springframework.data.relational.repository.Lock;
import org.springframework.data.repository.ListCrudRepository;

/** The repository of rooms. */
interface Rooms extends ListCrudRepository<Room, Long> {

    /** Finds the rooms that a user may enter, the lobby first. */
    @Query("""
            select * from room
            where open or id in (select room from room_member where room_member.name = :user)
            order by open desc, id
            """)
    List<Room> findAllFor(String user);

    /** Finds a room to be changed, and locks it, because its members are written as a whole. */
    @Lock(LockMode.PESSIMISTIC_WRITE)
    Optional<Room> findLockedById(long id);
}
