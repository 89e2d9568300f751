"""The tables of the textbook's chat. Not migrated: the stage makes them."""

from typing import ClassVar, Self

from django.db import models


class Room(models.Model):
    """A conversation, with the list columns that any inbox needs."""

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    id = models.UUIDField(primary_key=True)
    last_text = models.TextField(default="")
    last_at = models.DateTimeField(auto_now=True)
    message_count = models.IntegerField(default=0)

    class Meta:
        app_label = "baselines"
        managed = False
        db_table = "bench_room"


class Line(models.Model):
    """A message of a room."""

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    id = models.UUIDField(primary_key=True)
    room = models.ForeignKey(Room, on_delete=models.CASCADE)
    author = models.CharField(max_length=20)
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "baselines"
        managed = False
        db_table = "bench_line"
