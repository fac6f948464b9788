-- Version 5: the counts of a centre are totals. Adults and children apart, read twice, tell who a single party was, and
-- the small numbers that reports hide.

DROP VIEW kiosk.counts;
CREATE VIEW kiosk.counts WITH (security_barrier) AS
    SELECT mine.name AS centre, mine.region, visits.visits, visits.people + corrections.people AS people, given.given,
        -- Fewer than five are not told: one could guess who it was.
        CASE WHEN asked.requests BETWEEN 1 AND 4 THEN '<5' ELSE asked.requests::text END AS requests
    FROM (
        SELECT c.id, c.name, c.region FROM kiosk.centre AS c
        WHERE c.id = kiosk.my_centre()
            OR c.region IN (SELECT r.region FROM kiosk.region_reader AS r WHERE r.role = session_user)
            OR pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = 'kiosk.event'::regclass), 'USAGE')
        ) AS mine,
        LATERAL (
            SELECT count(*) AS visits, coalesce(sum(adults + children), 0) AS people
            FROM kiosk.visit WHERE centre = mine.id AND NOT undone) AS visits,
        LATERAL (
            SELECT coalesce(sum(kiosk.number(payload::jsonb -> 'adults')), 0)
                + coalesce(sum(kiosk.number(payload::jsonb -> 'children')), 0) AS people
            FROM kiosk.event WHERE centre = mine.id AND kind = 'session.corrected' AND reason IS NULL) AS corrections,
        LATERAL (SELECT count(*) AS given FROM kiosk.claim WHERE centre = mine.id AND state = 'collected') AS given,
        LATERAL (
            SELECT count(*) AS requests FROM kiosk.event
            WHERE centre = mine.id AND kind = 'request.made' AND reason IS NULL) AS asked;
GRANT SELECT ON kiosk.counts TO kiosk_tablet, kiosk_region;
