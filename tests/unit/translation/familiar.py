"""Sentences as a shop's machine translation comes out when it speaks to a friend, and neighbours that do not."""

from __future__ import annotations

FAMILIAR = {
    "ja": [
        "荷物は明日届く。", "もう発送した。", "在庫はまだある。", "返品できない。", "この色は売り切れだよ。",
        "ちょっと待って。",
        "サイズが小さい。", "写真を送ってくれる？", "それは本物だ。", "今日は発送しないよ。",
        "値段は高くない。", "もう返金したよ。",
        "明日送るね。", "キャンセルはできる。", "問題はない。",
    ],
    "ko": [
        "내일 발송할게.", "재고 있어.", "벌써 보냈어.", "환불해 줄게.", "사진 보내 줘.", "그건 안 돼.",
        "색상은 빨강이야.",
        "조금만 기다려 봐.", "사이즈가 작아서 좋아.", "반품은 할 수 없다.", "내일 도착한다.",
        "이 제품은 정품이다.",
        "고마워!", "사이즈 알려 줘.", "주문 취소했어.",
    ],
    "de": [
        "Du kannst es zurückschicken.", "Wir senden dir morgen das Paket.", "Hast du die Nummer?",
        "Dein Paket ist da.",
        "Schick uns ein Foto.", "Wann hast du bestellt?", "Ist deine Adresse richtig?", "Wir danken dir!",
        "Welche Größe möchtest du?", "Könnt ihr ein Foto schicken?", "Gib uns bitte die Nummer.",
        "Wir helfen euch gern.",
    ],
    "fr": [
        "Tu peux le renvoyer.", "Je t'envoie une photo.", "Ton colis est arrivé.", "As-tu reçu le colis ?",
        "Quelle taille veux-tu ?", "Merci à toi !", "Envoie-moi une photo.", "Ta commande est prête.",
        "On te rembourse demain.", "Tes articles partent demain.", "Dis-moi ta taille.", "T’as reçu le colis ?",
    ],
    "th": ["มึงรอก่อน", "รอหน่อยโว้ย"],
}  # fmt: skip

#: Not familiar, however much a part of them looks so.
NOT_FAMILIAR = {
    "ja": [
        "在庫切れ", "着払い", "色違い", "送料無料", "ありがとう、またお待ちしています。", "はい", "Lサイズ",
        "よろしくお願いします！",
        "おすすめはMです😊", "承知しました〜", "少々お待ちくださいね。",
        "発送しましたが、まだ届いていませんか？",
    ],
    "ko": [
        "모자", "메시지", "바지 두 개", "상자", "필요", "네", "감사합니다~", "안녕하세요!", "잠시만요!",
        "무료 배송",
        "알겠습니다 😊", "확인해 드릴까요?",
    ],
    "de": [
        "Ihr Paket ist da.", "Das ist fast fertig.", "Zuerst kommt der Test.", "Sie können es zurückschicken.",
        "Haben Sie Duftkerzen?", "Die Post hat es.", "Rückgabe möglich.", "Danke!",
    ],
    "fr": [
        "Un ton plus clair.", "Où est-ce que c'est ?", "Y a-t-il un problème ?", "Votre colis est arrivé.",
        "La table est en bois.", "Tout est prêt.", "Le tutoriel est en ligne.", "Merci !",
    ],
    "th": ["ส่งพรุ่งนี้", "ได้ค่ะ", "ครับผม", "คะแนน", "กูเกิลแมป"],
}  # fmt: skip
