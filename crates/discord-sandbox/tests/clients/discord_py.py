"""Runs discord.py, with only the address changed, against the sandbox. Its assumptions about Discord must hold.
Usage: python discord_py.py PATH-OF-THE-SANDBOX-PROGRAM"""

import asyncio
import io
import json
import sys

import discord
import yarl
from discord import app_commands

DEADLINE_S = 60


class Sandbox:
    """A sandbox in its own process, controlled by lines of JSON (examples/sandbox.rs)."""

    @classmethod
    async def start(cls, program):
        sandbox = cls()
        pipe = asyncio.subprocess.PIPE
        sandbox.process = await asyncio.create_subprocess_exec(program, stdin=pipe, stdout=pipe, limit=1 << 24)
        sandbox.place = await sandbox.read()
        return sandbox

    async def read(self):
        line = await self.process.stdout.readline()
        assert line, "the sandbox ended"
        return json.loads(line)

    async def act(self, action, **more):
        self.process.stdin.write(json.dumps({"do": action, **more}).encode() + b"\n")
        answer = await self.read()
        assert "error" not in answer, f"{action} {more}: {answer['error']}"
        return answer["ok"]

    async def end(self):
        self.process.stdin.close()
        await self.process.wait()


class Pages(discord.ui.View):
    @discord.ui.button(label="Next", custom_id="next", style=discord.ButtonStyle.primary)
    async def next(self, interaction, _button):
        await interaction.response.edit_message(content="page 2")


class Form(discord.ui.Modal, title="A new feed"):
    """A text input of each kind in a label, and a menu in one."""

    name = discord.ui.Label(text="Name", component=discord.ui.TextInput(custom_id="name", max_length=10))
    note = discord.ui.Label(
        text="Note",
        description="For yourself",
        component=discord.ui.TextInput(custom_id="note", style=discord.TextStyle.paragraph, required=False),
    )
    order = discord.ui.Label(
        text="Order",
        component=discord.ui.Select(
            custom_id="order",
            options=[discord.SelectOption(label="Heat", value="heat"), discord.SelectOption(label="Newest", value="newest")],
        ),
    )

    async def on_submit(self, interaction):
        words = [self.name.component.value, self.note.component.value, *self.order.component.values]
        await interaction.response.send_message("|".join(words), ephemeral=True)


class Layout(discord.ui.LayoutView):
    """A message of components."""

    box = discord.ui.Container(
        discord.ui.TextDisplay("**card**"),
        discord.ui.Separator(),
        discord.ui.Section("beside", accessory=discord.ui.Thumbnail("https://example.org/a.png")),
        accent_color=0xFF0000,
    )


def client_of(place):
    discord.http.Route.BASE = f"{place['api']}/api/v10"
    gateway = yarl.URL(place["api"].replace("http", "ws")) / "gateway"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway
    client = discord.Client(intents=discord.Intents(guilds=True, guild_messages=True))
    client.tree = app_commands.CommandTree(client)
    client.has_resumed = asyncio.Event()
    client.is_there = asyncio.Event()
    client.has_answered = asyncio.Event()

    @client.event
    async def on_ready():
        client.is_there.set()

    @client.event
    async def on_resumed():
        client.has_resumed.set()

    @client.tree.command(description="Shows articles")
    async def news(interaction: discord.Interaction, topic: str = ""):
        assert interaction.channel.name == "news" and interaction.app_permissions.embed_links
        await interaction.response.send_message("page 1", view=Pages())
        client.has_answered.set()

    @news.autocomplete("topic")
    async def topics(_interaction, current: str):
        return [app_commands.Choice(name=f"AI for {current}", value="ai")]

    @client.tree.command(description="Takes its time")
    async def slow(interaction: discord.Interaction):
        await interaction.response.defer(ephemeral=True)
        await interaction.edit_original_response(content="done")
        await interaction.followup.send("and more", ephemeral=True)

    @client.tree.command(name="form", description="Opens a form")
    async def open_form(interaction: discord.Interaction):
        await interaction.response.send_modal(Form())

    return client


async def check_interactions(sandbox, client):
    commands = await client.tree.sync()
    assert len(commands) == 3
    [slow] = [command for command in commands if command.name == "slow"]
    assert (await slow.edit(description="Takes longer")).id == slow.id
    assert (await client.tree.fetch_command(slow.id)).description == "Takes longer"
    act = sandbox.act
    answer = await act("command", person="ada", name="news", options={"topic": "ai"})
    assert answer["message"]["content"] == "page 1", answer
    choices = await act("autocomplete", person="ada", name="news", options={"topic": "a"}, option="topic")
    assert choices == [{"name": "AI for a", "value": "ai"}], choices
    pressed = await act("press", person="ada", message=answer["message"]["id"], component="next")
    assert (pressed["kind"], pressed["message"]["content"]) == ("Update", "page 2"), pressed
    deferred = await act("command", person="ada", name="slow", options={}, settled=True)
    assert deferred["ephemeral"] and deferred["message"]["content"] == "done", deferred
    opened = await act("command", person="ada", name="form", options={})
    assert (opened["kind"], opened["modal"]["title"]) == ("Modal", "A new feed"), opened
    values = {"name": "AI", "note": "for me", "order": ["newest"]}
    sent = await act("submit", person="ada", values=values)
    assert sent["ephemeral"] and sent["message"]["content"] == "AI|for me|newest", sent


async def check_messages(sandbox, client):
    place = sandbox.place
    guild = client.get_guild(int(place["guild"]))
    channel = guild.get_channel(int(place["channels"]["general"]))
    assert channel.permissions_for(guild.me).embed_links
    # The library sets `enforce_nonce` by itself when there is a nonce.
    first, second = [await channel.send("once", nonce="n1") for _ in range(2)]
    assert first.id == second.id
    edited = await first.edit(embed=discord.Embed(title="card"))
    assert edited.embeds[0].title == "card"
    assert [message.id async for message in channel.history(limit=5)] == [first.id]
    embed = discord.Embed(title="t").set_image(url="attachment://a.png")
    await channel.send(embed=embed, file=discord.File(io.BytesIO(b"picture"), "a.png"))
    laid_out = await channel.send(view=Layout())
    assert laid_out.flags.components_v2 and laid_out.components[0].children[0].content == "**card**"
    await laid_out.delete()
    thread = await first.create_thread(name="talk")
    await thread.send("inside")
    await first.delete()
    announcements = guild.get_channel(int(place["channels"]["announcements"]))
    announced = await announcements.send("news!")
    await announced.publish()
    forum = guild.get_channel(int(place["channels"]["discussions"]))
    made = await forum.create_thread(name="a card", embed=discord.Embed(title="card"), applied_tags=[forum.available_tags[0]])
    assert made.thread.parent_id == forum.id and made.message.embeds[0].title == "card"
    await sandbox.act("fault", route="POST /channels/*/messages", kind="rate_limit", ms=300)
    assert (await announcements.send("after a 429")).content == "after a 429"
    for number in range(6):
        await announcements.send(f"message {number}")


async def check_sessions(sandbox, client):
    await sandbox.act("drop")
    await client.has_resumed.wait()
    await sandbox.act("wait")
    await sandbox.act("reconnect")
    client.has_answered.clear()
    again = await sandbox.act("command", person="ben", name="news", options={})
    assert again["message"]["content"] == "page 1", again
    # The person gets the answer before the library gets the reply to its request.
    await client.has_answered.wait()
    state = await sandbox.act("state")
    assert state["refused"] == [], state["refused"]
    assert state["resumes"] >= 1 and state["identifies"] == 1, state


async def main():
    sandbox = await Sandbox.start(sys.argv[1])
    client = client_of(sandbox.place)
    async with client:
        running = asyncio.create_task(client.start(sandbox.place["token"]))
        checks = asyncio.create_task(checks_of(sandbox, client))
        done, _ = await asyncio.wait({running, checks}, return_when=asyncio.FIRST_COMPLETED, timeout=DEADLINE_S)
        assert done, "not done in time"
        for task in done:
            task.result()
        assert checks in done, "the client ended by itself"
        await client.close()
        await running
    await sandbox.end()
    print("discord.py: all checks held")


async def checks_of(sandbox, client):
    await client.is_there.wait()
    assert client.user.id == int(sandbox.place["application"])
    await check_interactions(sandbox, client)
    await check_messages(sandbox, client)
    await check_sessions(sandbox, client)


if __name__ == "__main__":
    discord.utils.setup_logging(level=40)
    asyncio.run(main())
