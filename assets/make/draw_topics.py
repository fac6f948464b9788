"""The pictures of topics, amounts and small choices: a sign of the icon font on a coloured ground."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

sys.path.insert(0, str(Path(__file__).parents[2]))

from fonticon_mdi7 import MDI7
from paint import BERRY, DEEP, PINE, RIVER, SUN, WOOD

from kiosk.files.resources import icon_font

ART = Path(__file__).parents[1] / "art"
W, H = 720, 540
#: Drawn so much larger and reduced, for smooth edges.
FINE = 3
#: File, sign, colour of the sign, colour of the ground.
PICTURES = (
    ("topic_housing", "home_city_outline", RIVER, SUN),
    ("topic_health", "medical_bag", BERRY, "#FBE3E0"),
    ("topic_school", "school_outline", DEEP, "#DCEAF4"),
    ("topic_work", "briefcase_outline", WOOD, "#F6E6D2"),
    ("topic_papers", "file_document_edit_outline", RIVER, "#DCEAF4"),
    ("topic_benefits", "hand_coin_outline", PINE, "#E2F0E4"),
    ("topic_finnish", "forum_outline", PINE, "#E2F0E4"),
    ("topic_other", "dots_horizontal_circle_outline", DEEP, "#ECEFF2"),
    ("amount_one", "gift_outline", BERRY, "#FBE3E0"),
    ("amount_few", "gift", BERRY, "#FBE3E0"),
    ("amount_bag", "shopping_outline", PINE, "#E2F0E4"),
    ("amount_box", "package_variant_closed", WOOD, "#F6E6D2"),
    ("amount_car", "van_utility", RIVER, "#DCEAF4"),
    ("answer_yes", "check_circle_outline", PINE, "#E2F0E4"),
    ("answer_no", "close_circle_outline", DEEP, "#ECEFF2"),
    ("home_queue", "ticket_account", RIVER, SUN),
    ("home_bring", "hand_heart_outline", BERRY, "#FBE3E0"),
    ("home_calendar", "calendar_star", PINE, "#E2F0E4"),
    ("wish", "star_shooting_outline", WOOD, "#FFF3D6"),
    ("service_friend_offer", "account_heart", BERRY, "#FBE3E0"),
    ("service_neighbour_offer", "hand_heart", PINE, "#E2F0E4"),
    ("kind_snow", "shovel", RIVER, "#DCEAF4"),
    ("kind_errands", "basket", PINE, "#E2F0E4"),
    ("kind_carrying", "sofa", WOOD, "#F6E6D2"),
    ("kind_computer", "laptop", DEEP, "#ECEFF2"),
    ("interest_garden", "flower_tulip", BERRY, "#FBE3E0"),
    ("interest_walk", "hiking", PINE, "#E2F0E4"),
    ("interest_craft", "palette", WOOD, "#F6E6D2"),
    ("interest_cook", "chef_hat", DEEP, "#ECEFF2"),
    ("interest_sport", "ski_cross_country", RIVER, SUN),
    ("interest_books", "book_open_page_variant", WOOD, "#FFF3D6"),
    ("interest_children", "teddy_bear", WOOD, "#F6E6D2"),
    ("interest_coffee", "coffee", WOOD, SUN),
    ("home_volunteer", "account_hard_hat", WOOD, SUN),
)


def draw(sign: str, colour: str, ground: str) -> Image.Image:
    """Return one picture on nothing, to lie on a tile."""
    image = Image.new("RGBA", (W * FINE, H * FINE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    middle, radius = (W * FINE // 2, int(H * FINE * 0.48)), int(H * FINE * 0.44)
    pen.ellipse((middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius), fill=ground)
    floor = int(H * FINE * 0.9)
    pen.ellipse((middle[0] - radius, floor - 26 * FINE, middle[0] + radius, floor + 14 * FINE), fill="#FFFFFF")
    face = ImageFont.truetype(str(icon_font()), int(H * FINE * 0.56))
    letter = getattr(MDI7, sign).rpartition(".")[2]
    pen.text(middle, letter, font=face, fill=colour, anchor="mm")
    return image.resize((W, H), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    for name, sign, colour, ground in PICTURES:
        draw(sign, colour, ground).save(ART / f"{name}.png", optimize=True)
