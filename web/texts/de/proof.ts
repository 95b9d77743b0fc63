import type { proof as english } from "../en/proof.ts";

/** The words of the page that re-derives a line, in German. */
export const proof: typeof english = {
  title: "Beweis der Reihenfolge",
  heading: "Die Reihenfolge dieses Verkaufs, in Ihrem Browser nachgerechnet",
  lead: "Diese Seite liest die öffentlichen Dateien der Schlange und rechnet alles neu aus. Sie glaubt niemandem das Ergebnis.",
  toSale: "Zurück zum Verkauf",
  states: {
    reading: "Die öffentlichen Dateien werden gelesen",
    deriving: "Es wird gerechnet. Bei einer langen Schlange dauert das eine Weile",
    right: "Alles stimmt",
    wrong: "Etwas stimmt nicht",
    unverified:
      "Alles, was geprüft werden konnte, stimmt; die Unterschriften der Zufallsquelle sind nicht geprüft",
    unreadable: "Die Dateien dieser Schlange lassen sich nicht lesen",
    empty: "Noch ist nichts veröffentlicht",
  },
  chips: { checking: "Wird geprüft", right: "Stimmt", wrong: "Stimmt nicht", unverified: "Nicht geprüft" },
  progress: (read, all) => `${read} von ${all} Dateien gelesen.`,
  calculating: "Alle Dateien sind gelesen; jetzt wird jeder Hash, jedes Los und jeder Zug berechnet.",
  result: (entries, orders, isFinal) =>
    `${entries} Einträge und ${isFinal ? "" : "bisher "}${orders} Bestellungen wurden auf diesem Gerät geprüft.`,
  faultsFound: (count) =>
    count === "1"
      ? "Eine Sache ist nicht so, wie das Protokoll es sagt."
      : `${count} Dinge sind nicht so, wie das Protokoll es sagt.`,
  unreadable:
    "Entweder hat dieser Verkauf keine Schlange, oder eine Datei kam nicht an. Über die Reihenfolge sagt das nichts: Versuchen Sie es später.",
  empty:
    "Die Geschichte dieser Schlange hat noch keine Zeile, es gibt also nichts zu prüfen. Sie beginnt, sobald sich jemand angestellt hat.",
  rehearsal:
    "Diese Schlange ist eine Probe: Ihr Zufall kommt von einer einzelnen Maschine, deren Besitzer ihn vorher kennen könnte. Sie zeigt, wie alles geht, nicht dass niemand gewählt hat.",
  checksHeading: "Was nachgerechnet wurde",
  checks: {
    log: {
      name: "Protokoll",
      shows: "Jede Zeile der Geschichte trägt den Hash der vorigen: Nichts wurde später geändert.",
    },
    lists: {
      name: "Einträge",
      shows:
        "Die Einträge jeder Liste ergeben die Wurzel, die vor dem Zufall veröffentlicht war: Niemand kam hinzu, fiel weg oder wurde verschoben.",
    },
    rounds: {
      name: "Runden",
      shows:
        "Jede Liste nahm die Runde der Zufallsquelle, die die Regel nennt; ihre Wurzel stand 15 s vorher, und ihr Schlüssel kam nicht vor der Runde.",
    },
    signatures: {
      name: "Unterschriften",
      shows:
        "Der Schlüssel der Zufallsquelle hat jede Runde unterschrieben: Der Zufall kam von dort, und niemand hier konnte ihn wählen.",
    },
    keys: {
      name: "Schlüssel",
      shows: "Jeder Schlüssel folgt aus Wurzel und Unterschrift, jedes Los aus Schlüssel und Eintrag.",
    },
    steps: {
      name: "Züge",
      shows: "Die Schlange rückte in der Reihenfolge der Lose vor und ließ so viele ein, wie sie sagt.",
    },
    orders: {
      name: "Bestellungen",
      shows:
        "Jede Bestellung gehört zu einem Eintrag, in seinem Zug, und kein Eintrag hat mehr, als er darf. Wo das Protokoll die Bestellungen festhält, wurde seither keine geändert, hinzugefügt oder weggelassen; wo es sagt, was aus ihnen wurde, kamen Stücke nur zurück, und jede Änderung steht darin.",
    },
    promises: {
      name: "Gewinne",
      shows: "Gewinner wurden der Reihe nach gefunden, und es wurde nicht mehr versprochen, als da ist.",
    },
    seen: {
      name: "Vorher gesehen",
      shows: "Was dieser Browser sah, während Sie warteten, steht noch immer in den Dateien.",
    },
  },
  checked: (count) => `${count} geprüft`,
  notVerified:
    "Nicht geprüft: Der Programmteil dafür ließ sich nicht laden. Laden Sie die Seite neu, oder nehmen Sie das Skript unten.",
  nothing: "Noch nichts zu prüfen",
  faultsHeading: "Was nicht stimmt",
  faults: {
    no_line: "Das ist keine Zeile des Protokolls.",
    line_number: "Die Zeile hat eine andere Nummer.",
    line_hash: "Der Hash der vorigen Zeile passt nicht: Eine Zeile wurde geändert oder ausgelassen.",
    time_fell: "Ihre Zeit liegt vor der der vorigen Zeile.",
    log_hash: "Die letzte Zeile ist nicht die, die genannt ist.",
    first_lines: "Das Protokoll beginnt nicht mit Regeln und Einstellungen.",
    other_sale: "Sie gehört zu einem anderen Verkauf.",
    other_mode: "Die Art des Einlasses wurde geändert.",
    rules_late: "Die Regeln wurden geändert, nachdem Liste 0 geschlossen war.",
    rules_fit: "Die Zeiten oder Zahlen in den Regeln passen nicht zur Art des Verkaufs.",
    index: "Das Verzeichnis der Dateien sagt etwas anderes als das Protokoll.",
    chain_changed: "Die Zufallsquelle wurde gewechselt.",
    unknown_chain: "Die Zufallsquelle ist weder die öffentliche noch die einer Probe.",
    list_order: "Schluss, Wurzel und Schlüssel einer Liste stehen nicht je einmal und in Reihenfolge da.",
    joining: "Die Schlange wurde für neue Leute geschlossen oder geöffnet, wie sie es schon war.",
    closed_early: "Eine Liste wurde vor ihrer Zeit oder nach dem Ende geschlossen.",
    read_early: "Die Liste wurde gelesen, bevor alle darin waren, die gerade eintraten.",
    list_units: "Ein Eintrag lautet auf mehr Stück, als jemand kaufen darf.",
    no_entry: "Ein Eintrag oder eine Liste fehlt oder ist nicht lesbar.",
    entry_order: "Einträge stehen doppelt da oder nicht in der Reihenfolge ihrer Blätter.",
    commitment_twice: "Zwei Einträge haben ein und dieselbe Festlegung: Jeder muss sein eigenes Salz haben.",
    list_count: "Die Liste hat eine andere Zahl von Einträgen.",
    list_root:
      "Die Einträge ergeben die Wurzel nicht: Einer wurde vertauscht, ergänzt, geändert oder ausgelassen.",
    round_rule: "Es ist nicht die Runde, die die Regel nennt.",
    root_late: "Die Wurzel stand nicht 15 s vor ihrer Runde.",
    signature: "Die Zufallsquelle hat das nicht unterschrieben.",
    key: "Der Schlüssel folgt nicht aus Wurzel und Unterschrift.",
    key_early: "Der Schlüssel ist da, bevor seine Runde gekommen ist.",
    step_number: "Schritte zählen nicht um eins hoch.",
    step_range: "Der Schritt beginnt nicht, wo die Schlange stand, oder endet bei niemandes Eintrag.",
    step_people: "Es ist der Zug einer anderen Zahl von Einträgen.",
    step_after_end: "Ein Schritt folgt auf das Ende.",
    step_in_pause: "Ein Schritt lässt Leute ein, während die Schlange angehalten ist.",
    two_lanes: "Ein Schritt einer Verlosung geht über das Ende einer Spur hinaus.",
    before_opening: "Ein Zug beginnt, bevor der Verkauf öffnet.",
    left_out_of_step: "Jemand im Bereich des Schritts wurde ausgelassen.",
    withdrawn_range:
      "Ein zurückgezogener Eintrag hat keinen eigenen Bereich, oder ein Bereich nimmt niemanden auf.",
    second_chance: "Eine zweite Chance gilt nicht genau einem Eintrag und seiner Menge.",
    withdrawn_again: "Ein Eintrag wurde zweimal zurückgezogen.",
    ended_again: "Die Schlange endete zweimal oder aus einem Grund, den es nicht gibt.",
    not_ended: "Die Schlange soll weitergehen und war nicht zu Ende, oder es gibt kein Stück.",
    numbers_fell: "Zahlen fielen, die nur steigen dürfen, oder ein Verfall beendet keinen Zug.",
    holds_early: "Er galt, bevor jede Kopie des Protokolls ihn hatte.",
    lapsed_early: "Ein Zug endete vor seiner Zeit.",
    no_order: "Das ist keine Bestellung.",
    order_twice: "Eine Bestellung steht doppelt da, oder die Plätze fallen.",
    order_leaf: "Ihr Eintrag steht in keiner Liste.",
    order_step: "Ihr Eintrag hatte in diesem Schritt keinen Zug.",
    order_early: "Sie wurde vor ihrem Zug reserviert.",
    order_late: "Sie wurde reserviert, nachdem ihr Zug verfallen war.",
    order_units: "Der Eintrag hat mehr Stück, als er darf.",
    order_state: "Diesen Stand gibt es nicht, oder er passt nicht zu den Stücken, die übrig sind.",
    final_early:
      "Die Bestellungen heißen endgültig, bevor die Schlange zu Ende ist oder über jede entschieden ist.",
    too_many_units: "Es ist mehr verkauft, als zugeteilt war.",
    not_sold_out: "Die Schlange sagt, alles sei verkauft, und es waren weniger Stück bestellt.",
    binding: "Eine Zeile, die Bestellungen festhält, folgt nicht auf die vorige oder nennt niemandes Platz.",
    orders_root:
      "Die Bestellungen sind nicht die, die das Protokoll festhält: Eine wurde seither geändert, hinzugefügt oder weggelassen.",
    unbound: "Bestellungen heißen endgültig, die das Protokoll nicht festhält.",
    units_line: "Eine Zeile, die sagt, was aus Bestellungen wurde, folgt nicht auf die vorige.",
    units_root: "Eine Bestellung hat eine andere Stückzahl oder einen anderen Stand, als das Protokoll weiß.",
    units_change:
      "Das Protokoll sagt, eine Bestellung habe sich geändert, die es nicht tat oder nicht so werden konnte.",
    units_unbound:
      "Bestellungen heißen endgültig, und das Protokoll sagt nicht von jeder, was aus ihr wurde.",
    promised_too_many: "Es wurde mehr versprochen, als zugeteilt war.",
    promised_twice: "Ein Eintrag hatte einen zweiten Zug.",
    promised_range: "In einem Schritt wird mehr vergeben, als übrig war.",
    kept_back: "Ein Schritt bietet weniger Stück an, als übrig waren.",
    sooner: "Jemand, der übergangen wurde, würde inzwischen passen und käme vorher.",
    promised_withdrawn: "Einem zurückgezogenen Eintrag wurde etwas versprochen.",
    wrongly_passed_over: "Ein Eintrag wurde übergangen, dessen Stückzahl gepasst hätte.",
    seen_log: "Das Protokoll ist nicht das, das dieser Browser sah: Es wurde geändert.",
    seen_root: "Die Wurzel ist nicht die, die dieser Browser sah: Die Liste wurde geändert.",
    left_out: "Ihr Eintrag fehlt: Sie wurden ausgelassen.",
  },
  moreFaults: (count) => `… und ${count} weitere.`,
  own: {
    heading: "Ihr Eintrag",
    none: "Dieser Browser hat keinen Beleg von Ihnen für diesen Verkauf. Öffnen Sie diese Seite in dem Browser, in dem Sie sich angestellt haben, oder melden Sie sich dort zuerst auf der Seite des Verkaufs an.",
    notYet: "Ihr Eintrag steht in einer Liste, die noch nicht veröffentlicht ist.",
    left_out:
      "Ihr Eintrag steht in keiner Liste, obwohl Sie einen Beleg dafür haben. Bewahren Sie den Beleg auf: Er zeigt, dass Sie ausgelassen wurden.",
    list: "Liste",
    lane: "Spur",
    quantity: "Stück",
    place: "Platz in der Schlange",
    lot: "Los",
    leaf: "Blatt",
    turn: "Zug",
    noTurn: "bisher keiner",
    inStep: (step) => `in Schritt ${step}`,
    placeOf: (place, all) => `${place} (${all} in dieser Liste)`,
    waitsForKey: "Die Liste wartet auf ihre Runde.",
    withdrawn: "Er wurde zurückgezogen.",
    lanes: { 0: "0", 1: "1: hinter der eigenen Liste, vor der nächsten" },
  },
  notProven: {
    heading: "Was das nicht beweist",
    list: [
      "Dass ein Eintrag ein Mensch ist. Ein Käufer ist ein bestätigtes Postfach, und ein Mensch kann mehrere haben.",
      "Dass die Spuren gerecht sind. Wie viele Einträge in Spur 1 stehen, ist öffentlich; warum, ist es nicht.",
      "Dass nirgends sonst ein Stück verkauft wurde.",
      "Dass die Mitglieder der Zufallsquelle sich nicht verschwören. Ihrer Mehrheit wird getraut.",
      "Wann eine Wurzel entstand, außer jemand hat sie gesehen: Eine Seite, die wartet, merkt sich Wurzel und Protokoll und sagt es, wenn sie sich ändern.",
    ],
  },
  elsewhere: {
    heading: "Ohne diese Seite prüfen",
    text: "Auch diese Seite stammt vom Händler. Das Protokoll ist öffentlich, und ein Skript ohne eine Zeile von uns macht dasselbe auf Ihrem eigenen Rechner:",
    protocol: "Das Protokoll (englisch)",
    script: "Das Skript verify-fairness.mjs",
  },
};
